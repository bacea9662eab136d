using System.Collections.Concurrent;
using System.Security.Cryptography;
using Horilla.Platform.Extensions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Horilla.Platform.Mvc;

/// <summary>
/// The static files of the host. <c>wwwroot/x.js</c>, embedded in the assembly of the module M, is served as <c>/M/x.js</c>.
/// All other files come from the host's web root. Thread-safe.
/// </summary>
internal sealed class ModuleFileProvider(ExtensionManager extensions, IWebHostEnvironment environment) : IFileProvider
{
    private readonly Dictionary<string, EmbeddedFileProvider> _modules = extensions.Modules.ToDictionary(
        module => module.Id,
        module => new EmbeddedFileProvider(module.Assembly, "wwwroot"),
        StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, string?> _versions = new(StringComparer.Ordinal);

    public IFileInfo GetFileInfo(string subpath)
        => subpath.TrimStart('/').Split('/', 2) is [var module, var file] && _modules.TryGetValue(module, out var provider) && provider.GetFileInfo(file) is { Exists: true } found
            ? found
            : environment.WebRootFileProvider.GetFileInfo(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    /// <summary>Returns a hash of a file's content, so that changed content gets a new URL, or null if there is no such file.</summary>
    public string? Version(string path) => _versions.GetOrAdd(path, key =>
    {
        if (GetFileInfo(key) is not { Exists: true, IsDirectory: false } file)
        {
            return null;
        }

        using var stream = file.CreateReadStream();

        return WebEncoders.Base64UrlEncode(SHA256.HashData(stream));
    });
}
