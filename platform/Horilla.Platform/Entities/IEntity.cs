using System.Text.Json.Nodes;

namespace OrchardCore.Entities;

/// <summary>Something that carries aspects: objects by the name of their type.</summary>
public interface IEntity
{
    JsonObject Properties { get; }
}
