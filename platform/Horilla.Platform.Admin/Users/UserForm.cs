using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Platform.Admin.Users;

/// <summary>The form of a user.</summary>
public class UserForm
{
    /// <summary>"User name".</summary>
    public string? UserName { get; set; }

    /// <summary>"E-mail address".</summary>
    public string? Email { get; set; }

    /// <summary>"Password", of a new user alone.</summary>
    public string? Password { get; set; }

    /// <summary>"Password again".</summary>
    public string? PasswordConfirmation { get; set; }

    /// <summary>"May sign in".</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>"Roles": their names.</summary>
    public string[] Roles { get; set; } = [];

    /// <summary>Whether the user is there already.</summary>
    [BindNever]
    public bool IsNew { get; set; }

    /// <summary>The names of all roles that the admin may give.</summary>
    [BindNever]
    public IReadOnlyList<string> AllRoles { get; set; } = [];
}
