// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import jakarta.jms.JMSException;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An object of Jakarta Messaging of which only some methods are there: those that a part of this
 * package has, with the same names and parameters. The others are refused with an exception that
 * names them.
 *
 * <p>The interfaces have hundreds of methods, of which the measurements call two dozen. A call
 * through this costs some tens of nanoseconds.
 */
final class Facade implements InvocationHandler {
    private record Kind(Class<?> type, Class<?> part) {}

    private static final Map<Kind, Map<Method, Method>> METHODS = new ConcurrentHashMap<>();

    private final Object part;
    private final Map<Method, Method> methods;

    private Facade(Object part, Map<Method, Method> methods) {
        this.part = part;
        this.methods = methods;
    }

    /**
     * Puts the interface before a part.
     *
     * @param type the interface
     * @param part has some of its methods
     * @return an object of the interface
     */
    static <T> T of(Class<T> type, Object part) {
        Map<Method, Method> methods =
                METHODS.computeIfAbsent(new Kind(type, part.getClass()), Facade::pair);
        return type.cast(
                Proxy.newProxyInstance(
                        Facade.class.getClassLoader(),
                        new Class<?>[] {type},
                        new Facade(part, methods)));
    }

    private static Map<Method, Method> pair(Kind kind) {
        Map<Method, Method> pairs = new HashMap<>();
        for (Method method : kind.type.getMethods()) {
            for (Method own : kind.part.getDeclaredMethods()) {
                if (own.getName().equals(method.getName())
                        && List.of(own.getParameterTypes())
                                .equals(List.of(method.getParameterTypes()))) {
                    own.setAccessible(true);
                    pairs.put(method, own);
                }
            }
        }
        return pairs;
    }

    /**
     * What stands behind an object.
     *
     * @param object made by {@link #of}
     * @param type what its part is
     * @return the part
     * @throws JMSException if it is an object of another provider
     */
    static <T> T part(Object object, Class<T> type) throws JMSException {
        if (object != null
                && Proxy.isProxyClass(object.getClass())
                && Proxy.getInvocationHandler(object) instanceof Facade facade
                && type.isInstance(facade.part)) {
            return type.cast(facade.part);
        }
        throw new JMSException(object + " is not of this provider");
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        Method own = methods.get(method);
        try {
            if (own != null) {
                return own.invoke(part, arguments);
            }
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(part, arguments);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        String refusal =
                "Kafka, as it is measured here, has no "
                        + method.getDeclaringClass().getSimpleName()
                        + "."
                        + method.getName();
        if (List.of(method.getExceptionTypes()).contains(JMSException.class)) {
            throw new JMSException(refusal);
        }
        throw new UnsupportedOperationException(refusal);
    }
}
