namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The columns that the list can be sorted by.</summary>
public enum ListSort
{
    /// <summary>The Email Host Username.</summary>
    Username,

    /// <summary>The type.</summary>
    Type,
}
