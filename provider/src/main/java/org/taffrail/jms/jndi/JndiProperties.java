// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.jndi;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

import javax.naming.ConfigurationException;
import javax.naming.Context;

/**
 * The properties of a context: the environment that it was made with, those of the file that the
 * provider URL may name, and variables in both replaced.
 *
 * @param environment what the context was made with, unchanged; the caller's to keep
 * @param texts the properties that are texts, sorted by name, variables replaced
 * @param brokerUrl the provider URL where it is a broker's, or null
 */
record JndiProperties(
        Hashtable<Object, Object> environment, Map<String, String> texts, String brokerUrl) {
    private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]+):.*");
    private static final String CLASSPATH = "classpath:";

    /**
     * Collects the properties.
     *
     * @throws ConfigurationException if a variable has no value or the file can't be read
     */
    static JndiProperties of(Hashtable<?, ?> given) throws ConfigurationException {
        Hashtable<Object, Object> environment = new Hashtable<>();
        if (given != null) {
            environment.putAll(given);
        }
        Map<String, String> texts = new TreeMap<>();
        addTexts(environment, texts);
        String provider = texts.get(Context.PROVIDER_URL);
        if (provider == null || provider.isBlank()) {
            return new JndiProperties(environment, texts, null);
        }
        String scheme = scheme(provider.trim());
        if (!scheme.isEmpty() && !scheme.equals("file") && !scheme.equals("classpath")) {
            return new JndiProperties(environment, texts, provider);
        }
        Map<String, String> merged = new TreeMap<>();
        addTexts(load(provider.trim(), scheme), merged);
        String broker = merged.get(Context.PROVIDER_URL);
        merged.putAll(texts);
        return new JndiProperties(environment, merged, broker);
    }

    String principal() {
        return texts.get(Context.SECURITY_PRINCIPAL);
    }

    String credentials() {
        return texts.get(Context.SECURITY_CREDENTIALS);
    }

    private static void addTexts(Map<?, ?> properties, Map<String, String> texts)
            throws ConfigurationException {
        for (Map.Entry<?, ?> property : properties.entrySet()) {
            if (property.getKey() instanceof String key
                    && property.getValue() instanceof String value) {
                texts.put(key, isOurs(key) ? Variables.replace(key, value) : value);
            }
        }
    }

    /** Other properties may mean something else by a dollar sign. */
    private static boolean isOurs(String key) {
        return key.startsWith("connectionFactory.")
                || key.startsWith("connectionfactory.")
                || key.startsWith("queue.")
                || key.startsWith("topic.")
                || key.startsWith(NamedFactories.PREFIX)
                || key.equals(NamedFactories.NAMES)
                || NamedFactories.SHARED.contains(key)
                || key.equals(Context.PROVIDER_URL)
                || key.equals(Context.SECURITY_PRINCIPAL)
                || key.equals(Context.SECURITY_CREDENTIALS);
    }

    /** Returns the scheme of a URL, or an empty text for a path; C: is a drive. */
    private static String scheme(String location) {
        var matcher = SCHEME.matcher(location);
        return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
    }

    private static Properties load(String location, String scheme) throws ConfigurationException {
        Properties properties = new Properties();
        try {
            if (scheme.equals("classpath")) {
                try (InputStream in = resource(location.substring(CLASSPATH.length()))) {
                    properties.load(in);
                }
            } else {
                Path path =
                        scheme.equals("file") ? Path.of(URI.create(location)) : Path.of(location);
                try (Reader in = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
                    properties.load(in);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            ConfigurationException unreadable =
                    new ConfigurationException(
                            Context.PROVIDER_URL
                                    + ": \""
                                    + location
                                    + "\" is neither a broker's URL nor a file of properties that"
                                    + " can be read ("
                                    + e
                                    + ")");
            unreadable.setRootCause(e);
            throw unreadable;
        }
        return properties;
    }

    private static InputStream resource(String name) throws IOException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader == null) {
            loader = JndiProperties.class.getClassLoader();
        }
        InputStream in = loader.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("no such resource");
        }
        return in;
    }
}
