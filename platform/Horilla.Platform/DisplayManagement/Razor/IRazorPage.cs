namespace OrchardCore.DisplayManagement.Razor;

public interface IRazorPage
{
    /// <summary>The path of the view's layout.</summary>
    string? ViewLayout { get; set; }
}
