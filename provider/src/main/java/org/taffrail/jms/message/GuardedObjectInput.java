// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.util.Set;

/**
 * Deserializes bytes that nobody vouches for. A class is checked by name before it is loaded; an
 * array may not be longer than the stream has bytes (each element takes at least one), so a short
 * stream can't ask for much memory; and the nesting is bounded. Where the JVM has a filter of its
 * own, that one is asked as well.
 *
 * <p>What it can't prevent is work: sets that hold each other many times over take long to hash,
 * also where they are not nested deeply. An application that must fear this of its senders should
 * not read object messages.
 */
final class GuardedObjectInput extends ObjectInputStream {
    /** How deep objects may be nested. */
    static final int DEPTH_MAX = 64;

    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "double", "float", "int", "long", "short", "void");

    private final ObjectAllowList allowList;
    private final int bytes;
    private String refusal;

    /** Makes an input over a part of an array. */
    GuardedObjectInput(byte[] array, int from, int length, ObjectAllowList allowList)
            throws IOException {
        super(new ByteArrayInputStream(array, from, length));
        this.allowList = allowList;
        this.bytes = length;
        ObjectInputFilter ofJvm = ObjectInputFilter.Config.getSerialFilter();
        ObjectInputFilter ours = this::check;
        setObjectInputFilter(ofJvm == null ? ours : ObjectInputFilter.merge(ours, ofJvm));
    }

    private ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info) {
        Class<?> type = info.serialClass();
        if (info.depth() > DEPTH_MAX) {
            refusal = "objects are nested more than " + DEPTH_MAX + " deep";
        } else if (info.arrayLength() > bytes) {
            refusal = "an array of " + info.arrayLength() + " elements in " + bytes + " bytes";
        } else if (type != null && !isAllowed(type.getName())) {
            refusal = notAllowed(type.getName());
        }
        return refusal == null
                ? ObjectInputFilter.Status.ALLOWED
                : ObjectInputFilter.Status.REJECTED;
    }

    /**
     * Returns why this filter refused.
     *
     * @return the reason, null where it did not
     */
    String refusal() {
        return refusal;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
            throws IOException, ClassNotFoundException {
        String name = description.getName();
        requireAllowed(name);
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader != null) {
            try {
                return Class.forName(name, false, loader);
            } catch (ClassNotFoundException e) {
                // a primitive, or known only to the loader of the application's own class
                return super.resolveClass(description);
            }
        }
        return super.resolveClass(description);
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces)
            throws IOException, ClassNotFoundException {
        requireAllowed("java.lang.reflect.Proxy");
        for (String name : interfaces) {
            requireAllowed(name);
        }
        return super.resolveProxyClass(interfaces);
    }

    private void requireAllowed(String name) throws InvalidClassException {
        if (!isAllowed(name)) {
            refusal = notAllowed(name);
            throw new InvalidClassException(name, refusal);
        }
    }

    private boolean isAllowed(String name) {
        return PRIMITIVES.contains(name) || allowList.allows(name);
    }

    private static String notAllowed(String name) {
        return name
                + " is not allowed in an object message; where the senders are trusted, add it with"
                + " "
                + ObjectAllowList.OPTION;
    }
}
