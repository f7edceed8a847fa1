// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.provider;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A connection factory that puts a user's name and password where a check gives none, for providers
 * that let nobody in without. It has all interfaces of the factory behind it.
 */
final class NamedConnections implements InvocationHandler {
    private final ConnectionFactory factory;
    private final String user;
    private final String password;

    private NamedConnections(ConnectionFactory factory, String user, String password) {
        this.factory = factory;
        this.user = user;
        this.password = password;
    }

    static ConnectionFactory by(ConnectionFactory factory, String user, String password) {
        Set<Class<?>> interfaces = new LinkedHashSet<>(List.of(ConnectionFactory.class));
        for (Class<?> type = factory.getClass(); type != null; type = type.getSuperclass()) {
            interfaces.addAll(Arrays.asList(type.getInterfaces()));
        }
        return (ConnectionFactory)
                Proxy.newProxyInstance(
                        factory.getClass().getClassLoader(),
                        interfaces.toArray(Class<?>[]::new),
                        new NamedConnections(factory, user, password));
    }

    static boolean is(ConnectionFactory factory) {
        return Proxy.isProxyClass(factory.getClass())
                && Proxy.getInvocationHandler(factory) instanceof NamedConnections;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        List<Object> given = arguments == null ? List.of() : Arrays.asList(arguments);
        boolean creates = method.getName().startsWith("create");
        try {
            if (creates && given.isEmpty()) {
                return method.getDeclaringClass()
                        .getMethod(method.getName(), String.class, String.class)
                        .invoke(factory, user, password);
            }
            if (creates && given.size() == 1 && method.getReturnType() == JMSContext.class) {
                return factory.createContext(user, password, (Integer) given.get(0));
            }
            return method.invoke(factory, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
