using Microsoft.AspNetCore.Routing;
using OrchardCore.Entities;

namespace OrchardCore.Settings;

/// <summary>The settings of a tenant. The settings of features are aspects.</summary>
public interface ISite : IEntity
{
    string SiteName { get; set; }

    string? TimeZoneId { get; set; }

    string? BaseUrl { get; set; }

    string? SuperUser { get; set; }

    int PageSize { get; set; }

    int MaxPageSize { get; set; }

    RouteValueDictionary HomeRoute { get; set; }

    bool TryGet<T>(out T? settings);
}
