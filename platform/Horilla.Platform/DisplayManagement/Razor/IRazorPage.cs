namespace OrchardCore.DisplayManagement.Razor;

public interface IRazorPage
{
    /// <summary>The path of the layout of a view.</summary>
    string? ViewLayout { get; set; }
}
