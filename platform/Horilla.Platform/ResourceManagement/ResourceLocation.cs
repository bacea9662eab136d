namespace OrchardCore.ResourceManagement;

public enum ResourceLocation
{
    Unspecified,
    Foot,
    Head,
    Inline,
}
