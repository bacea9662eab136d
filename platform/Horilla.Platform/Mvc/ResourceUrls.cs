using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Horilla.Platform.Mvc;

/// <summary>Writes the addresses of static files, below the tenant's prefix and with the version of the file.</summary>
internal sealed class ResourceUrls(ModuleFiles files, IHttpContextAccessor httpContextAccessor)
{
    public string Resolve(string source, bool appendVersion = true)
    {
        if (!source.StartsWith("~/", StringComparison.Ordinal))
        {
            return source;
        }

        var path = source[1..];
        var url = httpContextAccessor.HttpContext?.Request.PathBase.Value + path;

        return appendVersion && files.Version(path) is { } version ? QueryHelpers.AddQueryString(url, "v", version) : url;
    }
}
