// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.XAConnectionFactory;

import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorder;
import org.taffrail.check.record.Setting;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.nio.file.Paths;

import javax.transaction.xa.XAResource;

/** Puts proxies around objects, and takes them off again. */
public final class Taps {
    /** What a call without arguments is given. */
    static final Object[] NO_ARGUMENTS = {};

    private Taps() {}

    /**
     * Tells whether an object is a connection factory of any kind.
     *
     * @param object anything, or null
     * @return true if it is one
     */
    public static boolean isFactory(Object object) {
        return object instanceof ConnectionFactory || object instanceof XAConnectionFactory;
    }

    /**
     * Puts a proxy around a connection factory.
     *
     * @param factory of any kind; one that has a proxy already is returned as it is
     * @param recorder takes note
     * @return a proxy with the public interfaces of the factory
     */
    public static Object factory(Object factory, Recorder recorder) {
        if (unwrapped(factory) != factory) {
            return factory;
        }
        recorder.used(Feature.FACTORY, factory.getClass().getName());
        return proxy(new FactoryTap(factory, recorder));
    }

    /** The tap for an object that was serialized, or null where such are not watched. */
    static Tap tapFor(Object delegate, Recorder recorder) {
        return isFactory(delegate) ? new FactoryTap(delegate, recorder) : null;
    }

    static Path defaultFolder() {
        return Paths.get(Setting.FOLDER.value());
    }

    /**
     * Makes the proxy.
     *
     * @return the provider's object itself where a proxy is not possible
     */
    static Object proxy(Tap tap) {
        try {
            return Shape.of(tap.delegate().getClass()).newProxy(tap);
        } catch (ReflectiveOperationException | IllegalArgumentException | LinkageError e) {
            tap.recorder().used(Feature.NOT_WRAPPED, tap.delegate().getClass().getName());
            tap.recorder().failed(e);
            return tap.delegate();
        }
    }

    /**
     * Takes a proxy off.
     *
     * @param object anything, or null
     * @return what is behind it where it is one of ours, or else the object itself
     */
    public static Object unwrapped(Object object) {
        if (object != null && Proxy.isProxyClass(object.getClass())) {
            InvocationHandler handler = Proxy.getInvocationHandler(object);
            if (handler instanceof Tap) {
                return ((Tap) handler).delegate();
            }
        } else if (object instanceof WatchedXaResource) {
            return ((WatchedXaResource) object).resource();
        }
        return object;
    }

    /** Watches a resource, or returns it as it is where that would be noticed. */
    static Object resource(XAResource resource, Recorder recorder) {
        if (WatchedXaResource.canWatch(resource)) {
            return new WatchedXaResource(resource, recorder);
        }
        recorder.used(Feature.NOT_WRAPPED, resource.getClass().getName());
        return resource;
    }

    /** Returns the tap of a proxy of ours, or else null. */
    static Tap tapOf(Object object) {
        if (object != null && Proxy.isProxyClass(object.getClass())) {
            InvocationHandler handler = Proxy.getInvocationHandler(object);
            if (handler instanceof Tap) {
                return (Tap) handler;
            }
        }
        return null;
    }
}
