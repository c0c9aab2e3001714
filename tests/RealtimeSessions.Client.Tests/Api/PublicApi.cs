using System.Globalization;
using System.Reflection;

namespace RealtimeSessions.Client.Tests.Api;

/// <summary>An assembly's public types and members, a line each; what the compiler makes of a record is left out.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly string[] OfRecords = ["Equals", "GetHashCode", "ToString", "Deconstruct", "PrintMembers", "EqualityContract", "<Clone>$", "op_Equality", "op_Inequality"];

    public static IEnumerable<string> Describe(Assembly assembly) =>
        from type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)
        from line in Describe(type)
        select line;

    private static IEnumerable<string> Describe(Type type)
    {
        var bases = type.GetInterfaces().Where(one => one.IsPublic && !one.Name.StartsWith("IEquatable", StringComparison.Ordinal));
        var ancestors = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(Enum) ? bases.Prepend(parent) : bases;
        var ends = type.IsEnum ? "" : string.Concat(ancestors.Select((one, i) => (i == 0 ? " : " : ", ") + Name(one)));
        yield return $"{Kind(type)} {type.Namespace}.{Name(type)}{ends}";
        var members = type.IsEnum
            ? Enum.GetNames(type).Select((name, i) => $"{name} = {i.ToString(CultureInfo.InvariantCulture)}")
            : type.GetMembers(Declared).Where(IsVisible).Select(Describe).OfType<string>().Order(StringComparer.Ordinal);
        foreach (var member in members)
        {
            yield return $"  {Name(type)}: {member}";
        }
    }

    private static string Kind(Type type) => type.IsEnum ? "enum" : type.IsInterface ? "interface"
        : type.IsAbstract && type.IsSealed ? "static class" : (type.IsSealed ? "sealed " : "") + (type.GetMethod("<Clone>$") is null ? "class" : "record");

    private static bool IsVisible(MemberInfo member) => !OfRecords.Contains(member.Name) && member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => field.IsPublic,
        _ => false,
    };

    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when constructor.IsFamily && constructor.DeclaringType!.IsSealed => null,
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method => $"{Static(method)}{Nullable(method.ReturnParameter)} {Generic(method)}({Parameters(method)})",
        PropertyInfo property => $"{Static(property.GetMethod!)}{Nullable(property)} {property.Name} {{ get;{Setter(property)} }}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        _ => null,
    };

    private static string Setter(PropertyInfo property) => property.SetMethod is not { IsPublic: true } setter ? ""
        : setter.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? " init;" : " set;";

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static string Generic(MethodInfo method) =>
        method.Name + (method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "");

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Nullable(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "default") : "")}"));

    private static string Nullable(ParameterInfo parameter) => Nullable(Nullability.Create(parameter));

    private static string Nullable(PropertyInfo property) => Nullable(Nullability.Create(property));

    private static string Nullable(NullabilityInfo info)
    {
        var arguments = info.GenericTypeArguments;
        var name = arguments.Length > 0 && System.Nullable.GetUnderlyingType(info.Type) is null
            ? $"{Bare(info.Type)}<{string.Join(", ", arguments.Select(Nullable))}>" : Name(info.Type);
        return name + (!info.Type.IsValueType && !info.Type.IsGenericParameter && info.ReadState == NullabilityState.Nullable ? "?" : "");
    }

    private static string Name(Type type) => System.Nullable.GetUnderlyingType(type) is { } underlying ? Name(underlying) + "?"
        : type.IsGenericType ? $"{Bare(type)}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;

    private static string Bare(Type type) => type.Name.Split('`')[0];
}
