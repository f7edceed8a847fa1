// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A connection factory one of whose connections is lost at a chosen call of all that are made
 * through it: before the call does anything, or after it has done everything and before it says so.
 */
final class CutConnectionFactory {
    /** How a connection is lost. */
    @FunctionalInterface
    interface Loss {
        void of(Connection connection) throws JMSException;
    }

    private final ConnectionFactory real;
    private final String name;
    private final int cutAt;
    private final boolean after;
    private final Loss loss;
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * Makes one.
     *
     * @param name which method is counted; null for all
     * @param cutAt at which of its calls, from 1
     * @param after whether the call has done everything
     */
    CutConnectionFactory(ConnectionFactory real, String name, int cutAt, boolean after) {
        this(
                real,
                name,
                cutAt,
                after,
                connection -> {
                    connection.close();
                    throw new JMSException("the connection is cut");
                });
    }

    /**
     * Makes one with a loss of its own.
     *
     * @param loss what happens to the connection, and what the call throws
     */
    CutConnectionFactory(ConnectionFactory real, String name, int cutAt, boolean after, Loss loss) {
        this.loss = loss;
        this.real = real;
        this.name = name;
        this.cutAt = cutAt;
        this.after = after;
    }

    ConnectionFactory factory() {
        return proxy(
                ConnectionFactory.class,
                (self, method, arguments) -> {
                    Connection connection = (Connection) call(real, method, arguments);
                    return wrap(connection, new AtomicReference<>(connection));
                });
    }

    /** How many calls were counted, by which a test knows that it has cut everywhere. */
    int calls() {
        return calls.get();
    }

    private Object wrap(Object made, AtomicReference<Connection> life) {
        Class<?> type =
                made instanceof Connection
                        ? Connection.class
                        : made instanceof Session
                                ? Session.class
                                : made instanceof MessageConsumer
                                        ? MessageConsumer.class
                                        : made instanceof MessageProducer
                                                ? MessageProducer.class
                                                : null;
        if (type == null) {
            return made;
        }
        return proxy(type, (self, method, arguments) -> invoke(made, method, arguments, life));
    }

    private Object invoke(
            Object target, Method method, Object[] arguments, AtomicReference<Connection> life)
            throws Throwable {
        boolean isLost = life.get() == null;
        if (method.getName().equals("close")) {
            return isLost ? null : call(target, method, arguments);
        }
        if (isLost) {
            throw new JMSException("the connection is lost");
        }
        boolean counted = name == null || method.getName().equals(name);
        boolean cut = counted && calls.incrementAndGet() == cutAt;
        if (cut && !after) {
            lose(life);
        }
        Object result = call(target, method, arguments);
        if (cut) {
            lose(life);
        }
        return wrap(result, life);
    }

    private void lose(AtomicReference<Connection> life) throws JMSException {
        loss.of(life.getAndSet(null));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(
                        CutConnectionFactory.class.getClassLoader(),
                        new Class<?>[] {type},
                        handler));
    }
}
