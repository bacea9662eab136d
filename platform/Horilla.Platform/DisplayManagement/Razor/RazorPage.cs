namespace OrchardCore.DisplayManagement.Razor;

/// <inheritdoc cref="RazorPage{TModel}"/>
public abstract class RazorPage : RazorPage<dynamic>
{
}
