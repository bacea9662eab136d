using OrchardCore.DisplayManagement;
using OrchardCore.Users.Models;

namespace Horilla.Platform.Admin.Users;

/// <summary>A page of the list of users.</summary>
/// <param name="Search">What was looked for.</param>
/// <param name="Users">The users of the page.</param>
/// <param name="Total">How many were found on all pages.</param>
/// <param name="Pager">The links to other pages.</param>
public sealed record UserList(string Search, IReadOnlyList<User> Users, int Total, IShape Pager);
