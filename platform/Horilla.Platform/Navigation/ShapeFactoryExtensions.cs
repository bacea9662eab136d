using Microsoft.AspNetCore.Routing;
using OrchardCore.Navigation;

namespace OrchardCore.DisplayManagement;

public static partial class ShapeFactoryExtensions
{
    /// <summary>Creates the links to the pages of a list. They keep the query of the request and these route values.</summary>
    public static ValueTask<IShape> PagerAsync(this IShapeFactory shapeFactory, Pager pager, int totalItemCount, RouteValueDictionary routeValues)
        => shapeFactory.CreateAsync("Pager", Arguments.From(new
        {
            pager.Page,
            pager.PageSize,
            TotalItemCount = totalItemCount,
            RouteValues = routeValues,
        }));

    /// <inheritdoc cref="PagerAsync(IShapeFactory, Pager, int, RouteValueDictionary)"/>
    public static ValueTask<IShape> PagerAsync(this IShapeFactory shapeFactory, Pager pager, int totalItemCount)
        => shapeFactory.PagerAsync(pager, totalItemCount, new RouteValueDictionary());
}
