// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The declaration of one connection option: its name, type, default, bounds, unit and meaning. All
 * declarations stand in {@link ConnectionOptions}; the reference page is generated from them.
 *
 * @param <T> {@link String}, {@link Integer}, {@link Double} or {@link Boolean}
 */
public final class ConnectionOption<T> {
    /** What a decimal is typed as: no sign, no exponent, and not all that Java would read. */
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,20})?");

    private final String name;
    private final List<String> aliases;
    private final Class<T> type;
    private final T defaultValue;
    private final int least;
    private final int most;
    private final String unit;
    private final boolean secret;
    private final boolean remoteOnly;
    private final boolean failoverOnly;
    private final String doc;

    private ConnectionOption(
            Declaration declaration, Class<T> type, T defaultValue, int least, int most) {
        this.name = declaration.name;
        this.aliases = List.of(declaration.aliases);
        this.type = type;
        this.defaultValue = defaultValue;
        this.least = least;
        this.most = most;
        this.unit = declaration.unit;
        this.secret = declaration.secret;
        this.remoteOnly = declaration.remoteOnly;
        this.failoverOnly = declaration.failoverOnly;
        this.doc = declaration.doc;
    }

    /**
     * Returns the name as it is written in a URL.
     *
     * @return such as {@code jms.prefetch}
     */
    public String name() {
        return name;
    }

    /**
     * Returns other clients' names for the same thing, which are understood as well.
     *
     * @return possibly none
     */
    public List<String> aliases() {
        return aliases;
    }

    /**
     * Returns the type of the value.
     *
     * @return {@link String}, {@link Integer}, {@link Double} or {@link Boolean}
     */
    public Class<T> type() {
        return type;
    }

    /**
     * Returns the value where none is given.
     *
     * @return null for a text that has no default
     */
    public T defaultValue() {
        return defaultValue;
    }

    /**
     * Returns the least number allowed, or the least number of characters of a text.
     *
     * @return inclusive
     */
    public int least() {
        return least;
    }

    /**
     * Returns the greatest number allowed, or the greatest number of characters of a text.
     *
     * @return inclusive
     */
    public int most() {
        return most;
    }

    /**
     * Returns what a number counts.
     *
     * @return such as {@code ms}; empty for texts, truth values and factors
     */
    public String unit() {
        return unit;
    }

    /**
     * Tells whether the value must not be shown.
     *
     * @return true for a password
     */
    public boolean secret() {
        return secret;
    }

    /**
     * Tells whether the option means nothing to a broker in the same JVM. These are also the
     * options that each broker of a failover URL may have values of its own for.
     *
     * @return true for what concerns the network
     */
    public boolean remoteOnly() {
        return remoteOnly;
    }

    /**
     * Tells whether the option means something only where the URL asks for reconnecting.
     *
     * @return true for what says how to reconnect
     */
    public boolean failoverOnly() {
        return failoverOnly;
    }

    /**
     * Returns what the option does.
     *
     * @return one or more sentences
     */
    public String doc() {
        return doc;
    }

    /**
     * Reads a value from text.
     *
     * @param text the value as typed, percent-decoded
     * @return the value
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if it is of another type or out of
     *     bounds
     */
    public T parse(String text) {
        if (type == Integer.class) {
            try {
                return check(type.cast(Integer.valueOf(text.trim())));
            } catch (NumberFormatException e) {
                throw notANumber(text);
            }
        }
        if (type == Double.class) {
            if (!DECIMAL.matcher(text.trim()).matches()) {
                throw notANumber(text);
            }
            return check(type.cast(Double.valueOf(text.trim())));
        }
        if (type == Boolean.class) {
            if (text.equals("true") || text.equals("false")) {
                return check(type.cast(Boolean.valueOf(text)));
            }
            throw invalid("\"" + text + "\" is neither true nor false");
        }
        return check(type.cast(text));
    }

    /**
     * Checks a value.
     *
     * @param value the value; null stands for "none" where the default is null
     * @return the value
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if it is out of bounds
     */
    public T check(T value) {
        if (value == null) {
            if (defaultValue != null) {
                throw invalid("null is not a value");
            }
        } else if (value instanceof Integer number) {
            if (number < least || number > most) {
                throw invalid(number + " is out of bounds: " + bounds());
            }
        } else if (value instanceof Double number) {
            if (!(number >= least && number <= most)) {
                throw invalid(number + " is out of bounds: " + bounds());
            }
        } else if (value instanceof String text
                && (text.length() < least || text.length() > most)) {
            throw invalid("it has " + text.length() + " characters, which must be " + bounds());
        }
        return value;
    }

    /**
     * Describes the allowed values.
     *
     * @return such as {@code 0 to 65535 messages}
     */
    public String bounds() {
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == Double.class) {
            return (double) least + " to " + (double) most;
        }
        return least + " to " + most + (type == String.class ? " characters" : " " + unit);
    }

    private WireException notANumber(String text) {
        return invalid("\"" + text + "\" is not a number allowed here, which is " + bounds());
    }

    private WireException invalid(String why) {
        return new WireException(ErrorCode.INVALID_OPTION, "option " + name + ": " + why);
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
        private String[] aliases = {};
        private String unit = "";
        private boolean secret;
        private boolean remoteOnly;
        private boolean failoverOnly;
        private String doc;

        private Declaration(String name) {
            this.name = Objects.requireNonNull(name);
        }

        Declaration alsoKnownAs(String... names) {
            aliases = names;
            return this;
        }

        Declaration in(String newUnit) {
            unit = newUnit;
            return this;
        }

        Declaration hidden() {
            secret = true;
            return this;
        }

        Declaration onlyRemote() {
            remoteOnly = true;
            return this;
        }

        Declaration onlyFailover() {
            failoverOnly = true;
            return this;
        }

        Declaration does(String newDoc) {
            doc = newDoc;
            return this;
        }

        ConnectionOption<Integer> number(int defaultValue, int least, int most) {
            ConnectionOption<Integer> option =
                    new ConnectionOption<>(this, Integer.class, defaultValue, least, most);
            option.check(defaultValue);
            return option;
        }

        ConnectionOption<Double> decimal(double defaultValue, int least, int most) {
            ConnectionOption<Double> option =
                    new ConnectionOption<>(this, Double.class, defaultValue, least, most);
            option.check(defaultValue);
            return option;
        }

        ConnectionOption<Boolean> flag(boolean defaultValue) {
            return new ConnectionOption<>(this, Boolean.class, defaultValue, 0, 0);
        }

        ConnectionOption<String> text(int least, int most) {
            return text(null, least, most);
        }

        ConnectionOption<String> text(String defaultValue, int least, int most) {
            return new ConnectionOption<>(this, String.class, defaultValue, least, most);
        }
    }
}
