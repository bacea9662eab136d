using Horilla.Platform.Databases;
using Horilla.Platform.Recipes;
using Horilla.Platform.Shells;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>Says what is wrong with the form of a tenant. Scoped to the default tenant, whose own paths no prefix may take.</summary>
internal sealed class TenantFormValidator(
    IShellHost shellHost,
    TenantAddresses addresses,
    TenantDatabases databases,
    IExtensionManager extensions,
    IWebHostEnvironment environment,
    EndpointDataSource endpoints,
    IStringLocalizer<TenantFormValidator> S)
{
    private const int LongestName = 50;
    private const int LongestPrefix = 50;
    private const int LongestText = 255;

    /// <summary>What the host answers itself, before any tenant.</summary>
    private static readonly string[] HostPaths = ["health", "_content", "_framework"];

    public IEnumerable<FieldError> CheckName(string name)
    {
        if (name.Length is 0 or > LongestName || !char.IsAsciiLetter(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            yield return new(nameof(TenantForm.Name), S["Enter a name of {0} letters, digits, underscores and hyphens at most, which begins with a letter.", LongestName]);
        }
        else if (shellHost.TryGetSettings(name, out _))
        {
            yield return new(nameof(TenantForm.Name), S["There is a tenant of this name already."]);
        }
    }

    /// <summary>Puts host names and prefix into the settings, and says what is wrong with them.</summary>
    public IEnumerable<FieldError> ApplyAddress(TenantForm form, ShellSettings settings)
    {
        if (form.Description?.Length > LongestText)
        {
            yield return new(nameof(TenantForm.Description), S["The description may have {0} characters at most.", LongestText]);
        }

        if (!TenantAddresses.TryReadHosts(form.RequestUrlHost, out var hosts, out var wrong))
        {
            yield return new(nameof(TenantForm.RequestUrlHost), S["“{0}” is no host name. Enter names such as crm.example.com or *.example.com, without https:// and without a path.", wrong]);
            yield break;
        }

        settings.RequestUrlHost = hosts;

        if (settings.IsDefaultShell())
        {
            if (addresses.FindOther(settings) is { } taken)
            {
                yield return Taken(nameof(TenantForm.RequestUrlHost), taken);
            }

            yield break;
        }

        settings.RequestUrlPrefix = form.RequestUrlPrefix ?? "";
        var prefix = settings.RequestUrlPrefix;

        if (prefix.Length > LongestPrefix || !prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~') || prefix is "." or "..")
        {
            yield return new(nameof(TenantForm.RequestUrlPrefix), S["Enter {0} letters, digits, hyphens, underscores and dots at most: one part of a path, such as acme.", LongestPrefix]);
        }
        else if (prefix.Length == 0 && hosts is null)
        {
            yield return new(nameof(TenantForm.RequestUrlPrefix), S["Enter a prefix, or a host name below: without either, its address is the one of the default tenant."]);
        }
        else if (hosts is null && prefix.Length > 0 && Reserved().Contains(prefix))
        {
            yield return new(nameof(TenantForm.RequestUrlPrefix), S["The default tenant has pages below /{0}, which nobody could reach any more. Choose another prefix.", prefix]);
        }
        else if (addresses.FindOther(settings) is { } other)
        {
            yield return Taken(prefix.Length > 0 ? nameof(TenantForm.RequestUrlPrefix) : nameof(TenantForm.RequestUrlHost), other);
        }
    }

    public IEnumerable<FieldError> CheckRecipe(string? recipe, IEnumerable<Recipe> recipes)
    {
        if (!recipes.Any(candidate => string.Equals(candidate.Name, recipe, StringComparison.OrdinalIgnoreCase)))
        {
            yield return new(nameof(DatabaseForm.RecipeName), S["Choose one of the recipes."]);
        }
    }

    public IEnumerable<FieldError> CheckDatabase(ShellSettings settings)
    {
        if (!databases.Providers.Contains(settings.DatabaseProvider(), StringComparer.OrdinalIgnoreCase))
        {
            return [new(nameof(DatabaseForm.DatabaseProvider), S["Choose one of the databases."])];
        }

        var database = databases.Of(settings);
        var problems = database.Check(settings).Select(problem => new FieldError(problem.Key, problem.Problem)).ToArray();

        if (problems.Length > 0 || database.Claim(settings) is not { } claim)
        {
            return problems;
        }

        return shellHost.GetAllSettings().FirstOrDefault(other => !string.Equals(other.Name, settings.Name, StringComparison.OrdinalIgnoreCase) && ClaimOf(other) == claim) is { } taken
            ? [new(nameof(DatabaseForm.TablePrefix), S["The tenant {0} has this database with this table prefix. Choose another prefix, schema or database.", taken.Name])]
            : [];
    }

    /// <summary>What another tenant claims; nothing where its settings cannot be read.</summary>
    private string? ClaimOf(ShellSettings settings)
    {
        try
        {
            return databases.Of(settings).Claim(settings);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private FieldError Taken(string field, ShellSettings other) => new(field, S["The tenant {0} has this address already. Choose another prefix or host name.", other.Name]);

    /// <summary>The first parts of the paths at which the default tenant and its static files answer.</summary>
    private HashSet<string> Reserved()
        => endpoints.Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.PathSegments.Count > 0 && endpoint.RoutePattern.PathSegments[0] is { IsSimple: true } segment ? segment.Parts[0] : null)
            .OfType<Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart>()
            .Select(part => part.Content)
            .Concat(extensions.GetExtensions().Select(extension => extension.Id))
            .Concat(environment.WebRootFileProvider.GetDirectoryContents("").Select(file => file.Name))
            .Concat(HostPaths)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
