using OrchardCore.DisplayManagement;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The list page.</summary>
public sealed class ListViewModel
{
    /// <summary>The search, filter and sort options.</summary>
    public ListOptions Options { get; set; } = new();

    /// <summary>The choices of status; empty if there is nothing to choose.</summary>
    public IReadOnlyList<ListFilter> Statuses { get; set; } = [];

    /// <summary>The choices of type; empty if there is nothing to choose.</summary>
    public IReadOnlyList<ListFilter> Types { get; set; } = [];

    /// <summary>The rows on the page.</summary>
    public IList<IShape> Rows { get; set; } = [];

    /// <summary>The number of matches on all pages.</summary>
    public int Total { get; set; }

    /// <summary>The number of rows per page.</summary>
    public int PageSize { get; set; }

    /// <summary>The page sizes to choose from; empty if all of them would show the same.</summary>
    public IReadOnlyList<int> PageSizes { get; set; } = [];

    /// <summary>The pager.</summary>
    public IShape? Pager { get; set; }

    /// <summary>Whether rows can be selected.</summary>
    public bool CanSelect { get; set; }

    /// <summary>Whether the user may add, edit and delete servers.</summary>
    public bool CanManage { get; set; }

    /// <summary>Whether the user may send test messages.</summary>
    public bool CanSendTestMail { get; set; }

    /// <summary>The current URL of the list; null for the unfiltered list.</summary>
    public string? ReturnUrl { get; set; }
}
