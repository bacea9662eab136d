using System.Collections.Concurrent;
using Microsoft.AspNetCore.Mvc.Razor;

namespace Horilla.Platform.DisplayManagement;

/// <summary>Makes the pages of templates. What makes one is compiled once for each path. One for each shell, thread-safe.</summary>
internal sealed class TemplatePages(IRazorPageFactoryProvider provider)
{
    private readonly ConcurrentDictionary<string, Func<IRazorPage>> _factories = new(StringComparer.Ordinal);

    public IRazorPage Create(string path) => _factories.GetOrAdd(path, Compile)();

    private Func<IRazorPage> Compile(string path)
        => provider.CreateFactory(path).RazorPageFactory ?? throw new InvalidOperationException($"The view '{path}' is gone.");
}
