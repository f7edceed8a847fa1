// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.JMSException;

import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorder;

import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * What is behind a proxy: it hands every call to the provider's object and takes note of it. Its
 * rules:
 *
 * <ul>
 *   <li>Proxies among the arguments are replaced by what is behind them: a provider sees objects of
 *       its own only.
 *   <li>What the provider returns is what the application gets, as a proxy where it is an object
 *       that is watched, and what it throws is thrown, the same object.
 *   <li>A failure to take note is counted, and changes nothing.
 *   <li>Two proxies are equal when what is behind them is.
 * </ul>
 *
 * <p>As thread-safe as the object behind it.
 */
abstract class Tap implements InvocationHandler, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Object delegate;
    private final transient Recorder recorder;

    Tap(Object delegate, Recorder recorder) {
        this.delegate = delegate;
        this.recorder = recorder;
    }

    final Object delegate() {
        return delegate;
    }

    final Recorder recorder() {
        return recorder;
    }

    /**
     * Takes note before a call; may replace arguments in their array.
     *
     * @param name the method's name
     * @param args what is passed, never null
     * @return what {@link #after} wants to know, or null
     * @throws JMSException if an argument can't be looked at
     */
    Object before(String name, Object[] args) throws JMSException {
        return null;
    }

    /**
     * Takes note after a call that has returned.
     *
     * @param name the method's name
     * @param args what was passed, never null
     * @param result what it has returned
     * @param noted what {@link #before} has returned
     * @return the result, or a proxy for it
     * @throws JMSException if the result can't be looked at
     */
    abstract Object after(String name, Object[] args, Object result, Object noted)
            throws JMSException;

    @Override
    public final Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
        Object[] args = given == null ? Taps.NO_ARGUMENTS : given;
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method.getName(), args);
        }
        for (int i = 0; i < args.length; i++) {
            args[i] = Taps.unwrapped(args[i]);
        }
        String name = method.getName();
        Object noted = null;
        try {
            noted = before(name, args);
        } catch (JMSException | RuntimeException | LinkageError e) {
            recorder.failed(e);
        }
        Object result;
        try {
            result = method.invoke(delegate, args);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            thrown(method, cause);
            throw cause;
        }
        Object seen = result;
        try {
            seen = after(name, args, result, noted);
        } catch (JMSException | RuntimeException | LinkageError e) {
            recorder.failed(e);
        }
        return result == delegate ? proxy : seen;
    }

    private Object ofObject(Object proxy, String name, Object[] args) {
        switch (name) {
            case "equals":
                return args[0] == proxy || delegate.equals(Taps.unwrapped(args[0]));
            case "hashCode":
                return delegate.hashCode();
            default:
                return delegate.toString();
        }
    }

    private void thrown(Method method, Throwable cause) {
        try {
            recorder.used(
                    Feature.EXCEPTION,
                    method.getDeclaringClass().getSimpleName()
                            + '.'
                            + method.getName()
                            + ' '
                            + cause.getClass().getName());
        } catch (RuntimeException | LinkageError e) {
            recorder.failed(e);
        }
    }

    /**
     * Serialized is what is behind; it is watched again where it is read. Every proxy says that it
     * can be serialized, so one that can't is found out here.
     */
    final Object writeReplace() throws NotSerializableException {
        if (!(delegate instanceof Serializable) || !Taps.isFactory(delegate)) {
            throw new NotSerializableException(delegate.getClass().getName());
        }
        return new SavedTap((Serializable) delegate);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a proxy is read as what is behind it");
    }
}
