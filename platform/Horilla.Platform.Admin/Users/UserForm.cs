using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Platform.Admin.Users;

/// <summary>The form of a user.</summary>
public class UserForm
{
    /// <summary>"User name".</summary>
    public string? UserName { get; set; }

    /// <summary>"Display name".</summary>
    public string? DisplayName { get; set; }

    /// <summary>"Email address".</summary>
    public string? Email { get; set; }

    /// <summary>"Password", of a new user or as a new password.</summary>
    public string? Password { get; set; }

    /// <summary>"Confirm password".</summary>
    public string? PasswordConfirmation { get; set; }

    /// <summary>"Invite by email": a new user gets a message with a link to choose the password.</summary>
    public bool SendsInvitation { get; set; }

    /// <summary>Whether users can be invited by email.</summary>
    [BindNever]
    public bool CanInvite { get; set; }

    /// <summary>"Can sign in".</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>"Roles": their names.</summary>
    public string[] Roles { get; set; } = [];

    /// <summary>Whether the user is new.</summary>
    [BindNever]
    public bool IsNew { get; set; }

    /// <summary>The names of all roles that the admin can assign.</summary>
    [BindNever]
    public IReadOnlyList<string> AssignableRoles { get; set; } = [];
}
