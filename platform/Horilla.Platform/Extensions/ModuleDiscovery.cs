using System.Reflection;
using Microsoft.Extensions.DependencyModel;
using Microsoft.Extensions.Hosting;
using OrchardCore.Modules.Manifest;

namespace Horilla.Platform.Extensions;

/// <summary>Finds the modules among the libraries that the application was built with, whether its code refers to them or not.</summary>
internal static class ModuleDiscovery
{
    private const string PlatformPrefix = "Horilla.Platform";

    public static IEnumerable<ModuleInfo> Find(IHostEnvironment environment)
    {
        var application = Assembly.Load(new AssemblyName(environment.ApplicationName));
        var context = DependencyContext.Load(application)
            ?? throw new InvalidOperationException($"The application '{environment.ApplicationName}' has no .deps.json file next to it. The platform needs this file to find modules.");

        return context.RuntimeLibraries
            .Where(library => library.Name.StartsWith(PlatformPrefix, StringComparison.Ordinal) || DependsOnPlatform(library, context))
            .SelectMany(library => library.GetDefaultAssemblyNames(context))
            .Select(Assembly.Load)
            .Select(assembly => (Assembly: assembly, Manifest: assembly.GetCustomAttribute<ModuleAttribute>()))
            .Where(module => module.Manifest is not null)
            .Select(module => new ModuleInfo(module.Assembly, module.Manifest!));
    }

    private static bool DependsOnPlatform(RuntimeLibrary library, DependencyContext context)
    {
        var libraries = context.RuntimeLibraries.ToDictionary(item => item.Name, StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        return Reaches(library.Name);

        bool Reaches(string name)
            => seen.Add(name)
                && libraries.TryGetValue(name, out var current)
                && current.Dependencies.Any(dependency => dependency.Name.StartsWith(PlatformPrefix, StringComparison.Ordinal) || Reaches(dependency.Name));
    }
}
