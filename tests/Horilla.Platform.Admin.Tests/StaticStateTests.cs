using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Static state is shared by all tenants of a process, so it must not change.</summary>
public sealed class StaticStateTests
{
    /// <summary>Types whose instances don't change or, like AsyncLocal, are separate for each async flow.</summary>
    private static readonly HashSet<string> Unchanging =
    [
        .. new[]
        {
            typeof(string), typeof(TimeSpan), typeof(DateTime), typeof(Uri), typeof(Type), typeof(Regex), typeof(Encoding), typeof(CompositeFormat), typeof(JsonSerializerOptions),
            typeof(AsyncLocal<>), typeof(FrozenSet<>), typeof(FrozenDictionary<,>), typeof(ImmutableArray<>), typeof(System.Buffers.SearchValues<>), typeof(JsonDocumentOptions), typeof(Microsoft.AspNetCore.Html.HtmlString),
        }.Select(type => type.FullName!),
        "OrchardCore.Security.Permissions.Permission",
        "MimeKit.ParserOptions",
    ];

    /// <summary>An array that is part of OrchardCore's API.</summary>
    private const string Separators = "HostSeparators";

    [Fact]
    public void Static_fields_cannot_be_changed()
    {
        var folder = Path.Combine(Repository.Root, "Horilla.Host", "bin", Repository.Configuration, "net10.0");
        var assemblies = Directory.GetFiles(folder, "*.dll").Where(file => Path.GetFileName(file) is var name && (name.StartsWith("Horilla.", StringComparison.Ordinal) || name.StartsWith("OrchardCore.", StringComparison.Ordinal))).Select(Assembly.LoadFrom).ToArray();

        // View classes are generated, and their static fields are tag helper attributes.
        var fields = assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !type.Name.Contains('<', StringComparison.Ordinal) && type.Namespace != "AspNetCoreGeneratedDocument")
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsLiteral && field.Name != Separators)
            .ToArray();

        Assert.True(assemblies.Length >= 6, string.Join(' ', assemblies.Select(assembly => assembly.GetName().Name)));
        Assert.True(fields.Length > 30, $"Only {fields.Length} static fields were found.");
        Assert.Equal("", string.Join('\n', fields.Where(field => !field.IsInitOnly || !IsUnchanging(field)).Select(field => $"{field.DeclaringType}.{field.Name} ({field.FieldType})")));
    }

    private static bool IsUnchanging(FieldInfo field)
    {
        var type = field.FieldType;

        return type.IsPrimitive
            || type.IsEnum
            || (type.IsGenericType && Unchanging.Contains(type.GetGenericTypeDefinition().FullName!))
            || Unchanging.Contains(type.FullName!)
            || (type.IsArray && field.IsPrivate)
            || type.Name.StartsWith("IReadOnly", StringComparison.Ordinal)
            || (type.IsValueType && type.IsDefined(typeof(IsReadOnlyAttribute), inherit: false))
            || type == field.DeclaringType
            || type.IsAssignableTo(typeof(Delegate));
    }
}
