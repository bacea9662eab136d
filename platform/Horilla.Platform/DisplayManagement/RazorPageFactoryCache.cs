using System.Collections.Concurrent;
using Microsoft.AspNetCore.Mvc.Razor;

namespace Horilla.Platform.DisplayManagement;

/// <summary>Creates the Razor pages of templates. The factory for a path is compiled once. One for each shell; thread-safe.</summary>
internal sealed class RazorPageFactoryCache(IRazorPageFactoryProvider provider)
{
    private readonly ConcurrentDictionary<string, Func<IRazorPage>> _factories = new(StringComparer.Ordinal);

    public IRazorPage Create(string path) => _factories.GetOrAdd(path, Compile)();

    private Func<IRazorPage> Compile(string path)
        => provider.CreateFactory(path).RazorPageFactory ?? throw new InvalidOperationException($"The view '{path}' can't be found.");
}
