using Microsoft.AspNetCore.Html;

namespace OrchardCore.DisplayManagement;

public interface IDisplayHelper
{
    /// <summary>Renders the shape as HTML. Null renders nothing.</summary>
    /// <exception cref="InvalidOperationException">There is no template for its type.</exception>
    Task<IHtmlContent> ShapeExecuteAsync(IShape? shape);
}
