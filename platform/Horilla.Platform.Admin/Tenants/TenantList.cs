using OrchardCore.DisplayManagement;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>A page of the list of tenants.</summary>
/// <param name="Search">What was looked for.</param>
/// <param name="Tenants">The tenants of the page, each with its addresses.</param>
/// <param name="Total">How many were found on all pages.</param>
/// <param name="Pager">The links to other pages.</param>
public sealed record TenantList(string Search, IReadOnlyList<(ShellSettings Settings, IReadOnlyList<string> Urls)> Tenants, int Total, IShape Pager);
