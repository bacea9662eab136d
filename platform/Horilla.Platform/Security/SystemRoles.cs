namespace Horilla.Platform.Security;

internal static class SystemRoles
{
    public const string Administrator = "Administrator";
    public const string Authenticated = "Authenticated";
    public const string Anonymous = "Anonymous";
}
