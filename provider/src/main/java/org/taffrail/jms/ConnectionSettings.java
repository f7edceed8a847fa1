// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import org.taffrail.jms.message.ObjectAllowList;
import org.taffrail.link.ConnectionOption;
import org.taffrail.link.ConnectionOptions;
import org.taffrail.link.ConnectionUrl;
import org.taffrail.link.Links;
import org.taffrail.wire.WireException;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What was set on a connection factory: a URL, and options that win over what it says of the same.
 * Names and values are checked when they are set. Whether an option has a meaning with the URL is
 * looked at when both are used, for containers set a bean's properties in an order of their own.
 *
 * <p>Thread-safe.
 */
final class ConnectionSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    private String url;
    private final LinkedHashMap<String, String> properties = new LinkedHashMap<>();
    private transient ConnectionUrl parsed;
    private transient ConnectionOptions options;

    /**
     * Makes settings without options of their own.
     *
     * @throws IllegalArgumentException as {@link #setUrl}
     */
    ConnectionSettings(String url) {
        setUrl(url);
    }

    private void readObject(ObjectInputStream stream) throws IOException, ClassNotFoundException {
        stream.defaultReadObject();
        try {
            setUrl(url);
        } catch (IllegalArgumentException e) {
            InvalidObjectException invalid = new InvalidObjectException(e.getMessage());
            invalid.initCause(e);
            throw invalid;
        }
    }

    private static ConnectionUrl parse(String url) {
        try {
            ConnectionUrl parsed = ConnectionUrl.parse(url);
            Links.check(parsed);
            return parsed;
        } catch (WireException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static ConnectionOptions merged(ConnectionUrl url, Map<String, String> properties) {
        try {
            ConnectionOptions options = url.options();
            for (Map.Entry<String, String> property : properties.entrySet()) {
                options = options.with(property.getKey(), property.getValue());
            }
            ObjectAllowList.of(options.get(ConnectionOptions.DESERIALIZATION_ALLOW_LIST));
            return options;
        } catch (WireException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    synchronized String url() {
        return url;
    }

    /**
     * Sets the URL.
     *
     * @throws IllegalArgumentException if it is not one of a broker, or has an unknown option
     */
    synchronized void setUrl(String newUrl) {
        ConnectionUrl newParsed = parse(newUrl);
        options = merged(newParsed, properties);
        parsed = newParsed;
        url = newUrl;
    }

    /**
     * Sets an option, or takes it back with null.
     *
     * @throws IllegalArgumentException if there is none of the name, or the value is not allowed
     */
    synchronized void set(String name, String value) {
        LinkedHashMap<String, String> changed = new LinkedHashMap<>(properties);
        String declared = find(name).name();
        if (value == null) {
            changed.remove(declared);
        } else {
            changed.put(declared, value);
        }
        options = merged(parsed, changed);
        properties.clear();
        properties.putAll(changed);
    }

    private static ConnectionOption<?> find(String name) {
        try {
            return ConnectionOptions.find(name);
        } catch (WireException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    synchronized <T> T get(ConnectionOption<T> option) {
        return options.get(option);
    }

    /**
     * Returns the URL with all options.
     *
     * @throws WireException {@link org.taffrail.wire.ErrorCode#INVALID_OPTION} if an option means
     *     nothing at this address
     */
    synchronized ConnectionUrl effective() {
        return parsed.with(options);
    }

    /** Where options and URL don't fit, what was set counts and not what it amounts to. */
    private Object value() {
        try {
            return effective();
        } catch (WireException misfit) {
            return Map.of(url(), options());
        }
    }

    private synchronized ConnectionOptions options() {
        return options;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionSettings settings && value().equals(settings.value());
    }

    @Override
    public int hashCode() {
        return Objects.hash(value());
    }

    /** Returns the URL with all options; secrets are hidden. */
    @Override
    public String toString() {
        try {
            return effective().toString();
        } catch (WireException misfit) {
            return misfit.getMessage();
        }
    }
}
