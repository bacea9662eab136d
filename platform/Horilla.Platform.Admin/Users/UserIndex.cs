using YesSql.Indexes;

namespace OrchardCore.Users.Indexes;

/// <summary>The columns that users are found by.</summary>
public class UserIndex : MapIndex
{
    public string UserId { get; set; } = "";

    public string? NormalizedUserName { get; set; }

    public string? NormalizedEmail { get; set; }

    public bool IsEnabled { get; set; }
}
