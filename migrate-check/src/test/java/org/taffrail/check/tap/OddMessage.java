// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.TextMessage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Another provider's message, whose type can't be asked for the first time. */
final class OddMessage implements InvocationHandler {
    private final TextMessage message;
    private boolean asked;

    OddMessage(TextMessage message) {
        this.message = message;
    }

    TextMessage proxy() {
        return (TextMessage)
                Proxy.newProxyInstance(
                        OddMessage.class.getClassLoader(),
                        new Class<?>[] {TextMessage.class},
                        this);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        if (method.getName().equals("getJMSType") && !asked) {
            asked = true;
            throw new IllegalStateException("not now");
        }
        try {
            return method.invoke(message, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
