using System.Security.Claims;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Reads the email address of the signed-in user.</summary>
internal static class UserEmailExtensions
{
    /// <summary>Returns the address, or null if the user has none.</summary>
    public static string? GetEmail(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Email) ?? user.FindFirstValue("email");
}
