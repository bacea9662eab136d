namespace Horilla.Platform.Admin.Users;

/// <summary>How long sign-ins last: the section <c>Horilla_SignIn</c> of the configuration, of the host or of one tenant.</summary>
public sealed class SignInOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Horilla_SignIn";

    /// <summary>After how many days a sign-in ends, however often it was used; 1 to 3650.</summary>
    public int MaxDays { get; set; } = 30;

    internal TimeSpan MaxAge => TimeSpan.FromDays(Math.Clamp(MaxDays, 1, 3650));
}
