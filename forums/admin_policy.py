"""Rights on spaces in the back office: those of the model, on the spaces that the person reads."""

from wagtail.permission_policies import ModelPermissionPolicy

from forums.permissions import can_view_forum


class ForumPolicy(ModelPermissionPolicy):
    """A facilitator of the network is outside a private space unless they are in its group."""

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action) and can_view_forum(user, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        spaces = super().instances_user_has_any_permission_for(user, actions)
        return spaces.visible_to(user)

    def users_with_any_permission_for_instance(self, actions, instance):
        users = self.users_with_any_permission(actions)
        seeing = [user.pk for user in users if can_view_forum(user, instance)]
        return users.filter(pk__in=seeing)
