namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>The columns that the list can be sorted by.</summary>
public enum ConfigurationSort
{
    /// <summary>The Email Host Username.</summary>
    Username,

    /// <summary>The type.</summary>
    Type,
}
