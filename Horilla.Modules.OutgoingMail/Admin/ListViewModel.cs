using OrchardCore.DisplayManagement;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The list.</summary>
public sealed class ListViewModel
{
    /// <summary>Search and sort.</summary>
    public ListOptions Options { get; set; } = new();

    /// <summary>The rows of the page.</summary>
    public IList<IShape> Rows { get; set; } = [];

    /// <summary>How many were found on all pages.</summary>
    public int Total { get; set; }

    /// <summary>The links to other pages.</summary>
    public IShape? Pager { get; set; }

    /// <summary>Whether the user may add a server.</summary>
    public bool CanManage { get; set; }
}
