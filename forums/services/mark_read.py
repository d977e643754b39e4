from django.db import transaction

from forums.models import Post, PostRead, ReadMark


def mark_read(*, thread, user, posts):
    """Remember that `user` was shown `posts` of `thread`; return whether anything was new.

    The mark moves up to the first post that is left to read; what was shown further on is
    remembered post by post.
    """
    # Read first, outside of any transaction: opening a thread that one knows must not
    # take SQLite's only write lock.
    mark = ReadMark.objects.filter(thread=thread, user=user).first()
    if mark is not None and mark.read_at >= thread.last_post_at:
        return False
    read_singly = PostRead.objects.filter(user=user, post__thread=thread)
    known = set(read_singly.values_list("post", flat=True))
    shown = {post.pk for post in posts}
    following = Post.objects.filter(thread=thread).order_by("created_at", "pk")
    if mark is not None:
        following = following.filter(created_at__gt=mark.read_at)
    following = list(following.only("created_at", "is_hidden", "author"))
    # Nobody waits for their own words, nor for what is hidden.
    first_left = min(
        (
            post.created_at
            for post in following
            if post.pk not in known | shown
            and not post.is_hidden
            and post.author_id != user.pk
        ),
        default=None,
    )
    passed = [
        post.created_at
        for post in following
        if first_left is None or post.created_at < first_left
    ]
    singly = [post for post in following[len(passed) :] if post.pk in shown - known]
    if not passed and not singly:
        return False
    with transaction.atomic():
        if passed:
            ReadMark.objects.update_or_create(
                thread=thread, user=user, defaults={"read_at": passed[-1]}
            )
            if known:
                read_singly.filter(post__created_at__lte=passed[-1]).delete()
        PostRead.objects.bulk_create(
            [PostRead(user=user, post=post) for post in singly], ignore_conflicts=True
        )
    return True
