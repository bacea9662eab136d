namespace Horilla.Platform.Admin.Users;

/// <summary>The form with which an invited user chooses a password.</summary>
public sealed class InvitationForm
{
    /// <summary>The ID of the user.</summary>
    public string? Id { get; set; }

    /// <summary>The token of the invitation.</summary>
    public string? Token { get; set; }

    /// <summary>"Password".</summary>
    public string? Password { get; set; }

    /// <summary>"Confirm password".</summary>
    public string? PasswordConfirmation { get; set; }
}
