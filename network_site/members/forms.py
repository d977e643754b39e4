from django import forms


class MembershipRequestForm(forms.Form):
    """What a person says of themselves when asking to join."""

    def signup(self, request, user):
        """Called by allauth once the account exists."""
