namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Whether the form asked for its server to become the primary: it is no part of the configuration. Scoped.</summary>
public sealed class PrimaryChoice
{
    /// <summary>Whether it was asked for.</summary>
    public bool MakePrimary { get; set; }
}
