namespace Horilla.Platform.Admin.Users;

/// <summary>The lifetime of sessions, from the configuration section <c>Horilla_SignIn</c> of the host or of one tenant.</summary>
public sealed class SignInSessionOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Horilla_SignIn";

    /// <summary>The number of days after which a session ends, however often it was used; 1 to 3650.</summary>
    public int MaxDays { get; set; } = 30;

    internal TimeSpan MaxAge => TimeSpan.FromDays(Math.Clamp(MaxDays, 1, 3650));
}
