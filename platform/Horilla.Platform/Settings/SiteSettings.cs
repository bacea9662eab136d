using Microsoft.AspNetCore.Routing;
using OrchardCore.Entities;
using OrchardCore.Settings;

namespace Horilla.Platform.Settings;

/// <summary>The document that stores the settings of a tenant.</summary>
internal sealed class SiteSettings : Entity, ISite
{
    public long Id { get; set; }

    public string SiteName { get; set; } = "My Site";

    public string? TimeZoneId { get; set; }

    public string? BaseUrl { get; set; }

    public string? SuperUser { get; set; }

    public int PageSize { get; set; } = 10;

    public int MaxPageSize { get; set; } = 100;

    public Dictionary<string, string> Home { get; set; } = [];

    [System.Text.Json.Serialization.JsonIgnore]
    public RouteValueDictionary HomeRoute
    {
        get => new(Home.Select(value => KeyValuePair.Create(value.Key, (object?)value.Value)));
        set => Home = value.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "");
    }

    public bool TryGet<T>(out T? settings) => EntityExtensions.TryGet(this, out settings);
}
