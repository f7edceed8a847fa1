// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.JMSException;

import org.taffrail.compat.kit.Provider;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A provider whose connections can be opened and closed, until it is gone. */
public final class FakeProvider implements Provider {
    /** How often it was restarted: true for each orderly one. */
    public final List<Boolean> restarts = Collections.synchronizedList(new ArrayList<>());

    /** Whether no connection can be opened any more. */
    public volatile boolean gone;

    /** How many restarts are to fail, leaving nobody who answers. */
    public volatile int failingRestarts;

    /** Whether it answers again after a restart. */
    public volatile boolean comesBack;

    @Override
    public ConnectionFactory connectionFactory() {
        return fake(
                ConnectionFactory.class,
                (proxy, method, arguments) -> {
                    if (gone) {
                        throw new JMSException("nobody answers");
                    }
                    return fake(Connection.class, FakeProvider::ofConnection);
                });
    }

    private static Object ofConnection(
            Object proxy, java.lang.reflect.Method method, Object[] arguments) {
        if (method.getReturnType() == ConnectionMetaData.class) {
            return fake(
                    ConnectionMetaData.class,
                    (p, asked, a) -> asked.getReturnType() == String.class ? "fake" : null);
        }
        return null;
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Optional<String> setting(String key) {
        return Optional.empty();
    }

    @Override
    public void restart(boolean orderly) {
        restarts.add(orderly);
        if (restarts.size() <= failingRestarts) {
            gone = true;
            throw new IllegalStateException("the server does not start");
        }
        gone &= !comesBack;
    }
}
