using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Horilla.Platform.Mvc;

/// <summary>Builds the URLs of static files, with the tenant's prefix and the version of the file.</summary>
internal sealed class ResourceUrlBuilder(ModuleFileProvider files, IHttpContextAccessor httpContextAccessor)
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
