namespace Orleans.Configuration;

/// <inheritdoc/>
public class SiloMessagingOptions : MessagingOptions;
