// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.NearestName;
import org.taffrail.wire.WireException;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names by which connection options are found: their own and their aliases, which are other
 * clients' names. A failover URL's query understands more of these: what ActiveMQ writes without
 * {@code failover.}, and what Qpid JMS and ActiveMQ say of every broker by {@code failover.nested.}
 * and {@code nested.}.
 */
final class OptionNames {
    private static final String FAILOVER = "failover.";
    private static final String NESTED = "nested.";
    private static final Map<String, ConnectionOption<?>> ANYWHERE = byName(false);
    private static final Map<String, ConnectionOption<?>> IN_FAILOVER = byName(true);

    private OptionNames() {}

    private static Map<String, ConnectionOption<?>> byName(boolean inFailover) {
        Map<String, ConnectionOption<?>> map = new LinkedHashMap<>();
        for (ConnectionOption<?> option : ConnectionOptions.ALL) {
            put(map, option.name(), option, inFailover);
            option.aliases().forEach(alias -> put(map, alias, option, inFailover));
        }
        return map;
    }

    private static void put(
            Map<String, ConnectionOption<?>> map,
            String name,
            ConnectionOption<?> option,
            boolean inFailover) {
        if (map.put(name, option) != null) {
            throw new IllegalStateException("two options with the name " + name);
        }
        if (inFailover && name.startsWith(FAILOVER)) {
            put(map, name.substring(FAILOVER.length()), option, false);
        }
    }

    /**
     * Finds an option by a name that means the same everywhere.
     *
     * @throws WireException {@link ErrorCode#INVALID_OPTION} naming the nearest where there is
     *     none; {@link ErrorCode#NOT_SUPPORTED} where the name is known and what it asks for is not
     *     there yet
     */
    static ConnectionOption<?> find(String name) {
        if (isNested(name)) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "option \""
                            + name
                            + "\" is understood only in a failover URL; it means \""
                            + withoutNested(name)
                            + '"');
        }
        return find(name, ANYWHERE);
    }

    /**
     * Finds an option by a name in the query of a failover URL.
     *
     * @throws WireException as {@link #find(String)}
     */
    static ConnectionOption<?> findInFailover(String name) {
        if (!isNested(name)) {
            return find(name, IN_FAILOVER);
        }
        ConnectionOption<?> option = find(withoutNested(name), ANYWHERE);
        if (option.failoverOnly()) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "option \"" + name + "\" is for no single broker: write \"" + option + '"');
        }
        return option;
    }

    /** Tells whether a name says that the option behind its prefix is every broker's. */
    static boolean isNested(String name) {
        return name.startsWith(NESTED) || name.startsWith(FAILOVER + NESTED);
    }

    private static String withoutNested(String name) {
        return name.substring(name.indexOf(NESTED) + NESTED.length());
    }

    private static ConnectionOption<?> find(String name, Map<String, ConnectionOption<?>> known) {
        ConnectionOption<?> option = known.get(name);
        if (option == null) {
            FutureOptions.refuse(name);
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "there is no option \"" + name + '"' + NearestName.hint(name, known.keySet()));
        }
        return option;
    }
}
