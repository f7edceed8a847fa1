// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.NearestName;
import org.taffrail.wire.WireException;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The declaration of one key: its name, type, default, bounds, unit and meaning. All declarations
 * stand in {@link BrokerConfig}; the reference page is generated from them.
 *
 * @param <T> {@link String}, {@link Long} or {@link Boolean}
 */
public final class ConfigKey<T> {
    private final String name;
    private final Class<T> type;
    private final T defaultValue;
    private final long least;
    private final long most;
    private final ConfigUnit unit;
    private final List<String> choices;
    private final boolean serverOnly;
    private final boolean perDestination;
    private final boolean live;
    private final Consumer<String> check;
    private final String doc;

    private ConfigKey(Declaration declaration, Class<T> type, T defaultValue) {
        name = declaration.name;
        this.type = type;
        this.defaultValue = defaultValue;
        least = declaration.least;
        most = declaration.most;
        unit = declaration.unit;
        choices = declaration.choices;
        serverOnly = declaration.serverOnly;
        perDestination = declaration.perDestination;
        live = declaration.live;
        check = declaration.check;
        doc = Objects.requireNonNull(declaration.doc, name);
    }

    /**
     * Returns the name.
     *
     * @return such as {@code journal.segmentBytes}
     */
    public String name() {
        return name;
    }

    /**
     * Returns the value where none is given.
     *
     * @return null for a text that has no default, and for a flag whose default depends on others
     */
    public T defaultValue() {
        return defaultValue;
    }

    /**
     * Returns what the key does.
     *
     * @return one or more sentences
     */
    public String doc() {
        return doc;
    }

    /**
     * Tells whether the key means nothing to an embedded broker.
     *
     * @return true for what concerns the network, and the folder, which is {@code dir} there
     */
    public boolean serverOnly() {
        return serverOnly;
    }

    /**
     * Tells whether the value names a file or a folder.
     *
     * @return true for {@code data} and for names that end with {@code File} or {@code Store}
     */
    public boolean isPath() {
        return name.equals("data") || name.endsWith("File") || name.endsWith("Store");
    }

    /**
     * Tells whether the key may be set for some destinations only.
     *
     * @return true for what is a matter of policy; see {@link PolicyName}
     */
    public boolean perDestination() {
        return perDestination;
    }

    /**
     * Tells whether a running broker takes another value from its file.
     *
     * @return false for what counts from the next start on
     */
    public boolean isLive() {
        return live;
    }

    /**
     * Describes the allowed values.
     *
     * @return such as {@code 0 to 65535}
     */
    public String bounds() {
        if (type == Boolean.class) {
            return "true or false";
        }
        if (!choices.isEmpty()) {
            return String.join(" or ", choices);
        }
        return type == String.class
                ? least + " to " + most + " characters"
                : unit.show(least) + " to " + unit.show(most);
    }

    /**
     * Shows a value as it may be typed.
     *
     * @param value the value or null
     * @return such as {@code 64MiB}; {@code none} for null
     */
    public String show(Object value) {
        if (value == null) {
            return "none";
        }
        return value instanceof Long number ? unit.show(number) : value.toString();
    }

    /**
     * Reads a value from text.
     *
     * @param text the value as typed
     * @return the value
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if it is of another type or out of
     *     bounds
     */
    T parse(String text) {
        return parse(name, text);
    }

    /** Reads a value from text, of a key that was written in its own way. */
    T parse(String written, String text) {
        String typed = text.trim();
        if (type == Boolean.class) {
            String lowered = typed.toLowerCase(Locale.ROOT);
            if (lowered.equals("true") || lowered.equals("false")) {
                return type.cast(Boolean.valueOf(lowered));
            }
            throw invalid(written, typed, "");
        }
        if (type == Long.class) {
            long number;
            try {
                number = unit.parse(typed);
            } catch (NumberFormatException | ArithmeticException e) {
                throw invalid(written, typed, "");
            }
            if (number < least || number > most) {
                throw invalid(written, typed, "");
            }
            return type.cast(number);
        }
        if (!choices.isEmpty() && !choices.contains(typed)) {
            throw invalid(written, typed, NearestName.hint(typed, choices));
        }
        if (typed.length() < least || typed.length() > most) {
            throw invalid(written, typed, "");
        }
        try {
            check.accept(typed);
        } catch (IllegalArgumentException e) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    written + "=" + typed + " is not allowed: " + e.getMessage());
        }
        return type.cast(typed);
    }

    private WireException invalid(String written, String typed, String hint) {
        return new WireException(
                ErrorCode.INVALID_OPTION,
                written + "=" + typed + " is not allowed; allowed: " + bounds() + hint);
    }

    @Override
    public String toString() {
        return name;
    }

    static Declaration named(String name) {
        return new Declaration(name);
    }

    /** The parts of a declaration that all types share, and then its type. */
    static final class Declaration {
        private final String name;
        private long least;
        private long most = 4096;
        private ConfigUnit unit = ConfigUnit.NONE;
        private List<String> choices = List.of();
        private boolean serverOnly;
        private boolean perDestination;
        private boolean live;
        private Consumer<String> check = text -> {};
        private String doc;

        private Declaration(String name) {
            this.name = name;
        }

        Declaration onlyServer() {
            serverOnly = true;
            return this;
        }

        Declaration perDestination() {
            perDestination = true;
            return this;
        }

        Declaration live() {
            live = true;
            return this;
        }

        /** Demands more of a text: an IllegalArgumentException says what is wrong. */
        Declaration checkedBy(Consumer<String> newCheck) {
            check = newCheck;
            return this;
        }

        Declaration does(String newDoc) {
            doc = newDoc;
            return this;
        }

        Declaration in(ConfigUnit newUnit) {
            unit = newUnit;
            return this;
        }

        Declaration from(long newLeast, long newMost) {
            least = newLeast;
            most = newMost;
            return this;
        }

        ConfigKey<Long> number(long defaultValue) {
            return new ConfigKey<>(this, Long.class, defaultValue);
        }

        /** A flag; null for one whose default depends on other keys, as its doc says. */
        ConfigKey<Boolean> flag(Boolean defaultValue) {
            return new ConfigKey<>(this, Boolean.class, defaultValue);
        }

        ConfigKey<String> text(String defaultValue) {
            return new ConfigKey<>(this, String.class, defaultValue);
        }

        ConfigKey<String> oneOf(String... allowed) {
            choices = List.of(allowed);
            return new ConfigKey<>(this, String.class, allowed[0]);
        }
    }
}
