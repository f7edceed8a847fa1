// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import java.io.Externalizable;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The proxy class for a class of the provider: it has all interfaces of that class that others may
 * implement, those of JMS and the provider's own. Made once for each class, and gone with it.
 */
final class Shape {
    private static final ClassValue<Shape> SHAPES =
            new ClassValue<Shape>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return new Shape(type);
                }
            };

    /** Null where there can be none. */
    private final Constructor<?> constructor;

    private final String problem;

    private Shape(Class<?> type) {
        Constructor<?> found = null;
        String why = null;
        try {
            found = constructor(type);
        } catch (NoSuchMethodException | IllegalArgumentException | LinkageError e) {
            why = e.toString();
        }
        constructor = found;
        problem = why;
    }

    static Shape of(Class<?> type) {
        return SHAPES.get(type);
    }

    Object newProxy(InvocationHandler handler) throws ReflectiveOperationException {
        if (constructor == null) {
            throw new NoSuchMethodException("no proxy is possible: " + problem);
        }
        try {
            return constructor.newInstance(handler);
        } catch (InvocationTargetException e) {
            throw new ReflectiveOperationException(e.getCause());
        }
    }

    private static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            collect(each.getInterfaces(), interfaces);
        }
        try {
            return constructor(type, interfaces);
        } catch (IllegalArgumentException e) {
            // sealed, or two that contradict each other: those of JMS are neither
            interfaces.removeIf(each -> !isOfPlatform(each));
            return constructor(type, interfaces);
        }
    }

    private static boolean isOfPlatform(Class<?> type) {
        String name = type.getName();
        return name.startsWith("jakarta.") || name.startsWith("javax.") || name.startsWith("java.");
    }

    private static void collect(Class<?>[] candidates, Set<Class<?>> interfaces) {
        for (Class<?> each : candidates) {
            if (each == Externalizable.class) {
                // how a proxy is written is the JVM's affair; see Tap
                interfaces.add(Serializable.class);
            } else if (Modifier.isPublic(each.getModifiers())) {
                interfaces.add(each);
            } else {
                collect(each.getInterfaces(), interfaces);
            }
        }
    }

    private static Constructor<?> constructor(Class<?> type, Set<Class<?>> interfaces)
            throws NoSuchMethodException {
        ClassLoader[] candidates = {
            type.getClassLoader(),
            Shape.class.getClassLoader(),
            Thread.currentThread().getContextClassLoader()
        };
        ClassLoader best = null;
        List<Class<?>> most = new ArrayList<>();
        for (ClassLoader candidate : candidates) {
            List<Class<?>> seen = new ArrayList<>(interfaces);
            seen.removeIf(each -> !sees(candidate, each));
            if (seen.size() > most.size()) {
                best = candidate;
                most = seen;
            }
        }
        // getProxyClass is deprecated: the class of a throwaway proxy is the same
        InvocationHandler none = (proxy, method, args) -> null;
        return Proxy.newProxyInstance(best, most.toArray(new Class<?>[0]), none)
                .getClass()
                .getConstructor(InvocationHandler.class);
    }

    private static boolean sees(ClassLoader loader, Class<?> type) {
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
