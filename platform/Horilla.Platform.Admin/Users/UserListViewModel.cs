using OrchardCore.DisplayManagement;
using OrchardCore.Users.Models;

namespace Horilla.Platform.Admin.Users;

/// <summary>A page of the list of users.</summary>
/// <param name="Search">The search text.</param>
/// <param name="Users">The users of the page.</param>
/// <param name="Total">The number of matches on all pages.</param>
/// <param name="Pager">The links to other pages.</param>
public sealed record UserListViewModel(string Search, IReadOnlyList<User> Users, int Total, IShape Pager);
