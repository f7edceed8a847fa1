// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.MessageFormatException;
import jakarta.jms.Session;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A provider that can't hold one text. */
final class NarrowFactory {
    private final String refused;

    private NarrowFactory(String refused) {
        this.refused = refused;
    }

    static ConnectionFactory of(ConnectionFactory real, String refused) {
        return new NarrowFactory(refused).wrap(ConnectionFactory.class, real);
    }

    private <T> T wrap(Class<T> type, Object real) {
        InvocationHandler handler = (self, method, arguments) -> invoke(real, method, arguments);
        return type.cast(
                Proxy.newProxyInstance(
                        NarrowFactory.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("createTextMessage")
                && arguments != null
                && refused.equals(arguments[0])) {
            throw new MessageFormatException("too long");
        }
        try {
            Object made = method.invoke(real, arguments);
            if (made instanceof Connection) {
                return wrap(Connection.class, made);
            }
            return made instanceof Session ? wrap(Session.class, made) : made;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
