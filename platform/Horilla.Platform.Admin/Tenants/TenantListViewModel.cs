using OrchardCore.DisplayManagement;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>A page of the list of tenants.</summary>
/// <param name="Search">The search text.</param>
/// <param name="Tenants">The tenants of the page, each with its addresses.</param>
/// <param name="Total">The number of matches on all pages.</param>
/// <param name="Pager">The links to other pages.</param>
public sealed record TenantListViewModel(string Search, IReadOnlyList<(ShellSettings Settings, IReadOnlyList<string> Urls)> Tenants, int Total, IShape Pager);
