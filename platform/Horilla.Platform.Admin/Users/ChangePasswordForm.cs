namespace Horilla.Platform.Admin.Users;

/// <summary>The form with which users change their own password.</summary>
public sealed class ChangePasswordForm
{
    /// <summary>"Current password".</summary>
    public string? CurrentPassword { get; set; }

    /// <summary>"New password".</summary>
    public string? Password { get; set; }

    /// <summary>"Confirm password".</summary>
    public string? PasswordConfirmation { get; set; }
}
