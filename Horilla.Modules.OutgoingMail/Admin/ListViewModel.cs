using OrchardCore.DisplayManagement;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The list page.</summary>
public sealed class ListViewModel
{
    /// <summary>The search and sort options.</summary>
    public ListOptions Options { get; set; } = new();

    /// <summary>The rows on the page.</summary>
    public IList<IShape> Rows { get; set; } = [];

    /// <summary>The number of matches on all pages.</summary>
    public int Total { get; set; }

    /// <summary>The pager.</summary>
    public IShape? Pager { get; set; }

    /// <summary>Whether the user may add a server.</summary>
    public bool CanManage { get; set; }
}
