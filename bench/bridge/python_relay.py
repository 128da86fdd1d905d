"""A media bridge as tutorials write it: FastAPI for the phone, websockets for the agent, JSON in and out."""

import asyncio
import json
import os
import sys
import threading

import uvicorn
import websockets
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

AGENT_URL = f"ws://127.0.0.1:{os.environ['AGENT_PORT']}/v1/convai/conversation?agent_id=agent_bench"

app = FastAPI()


@app.websocket("/ws/media-stream/{call_id}")
async def media_stream(phone: WebSocket, call_id: str):
    await phone.accept()
    stream_sid = None
    async with websockets.connect(AGENT_URL) as agent:
        await agent.send(json.dumps({"type": "conversation_initiation_client_data"}))

        async def from_phone():
            nonlocal stream_sid
            try:
                async for message in phone.iter_text():
                    data = json.loads(message)
                    if data["event"] == "media":
                        await agent.send(json.dumps({"user_audio_chunk": data["media"]["payload"]}))
                    elif data["event"] == "start":
                        stream_sid = data["start"]["streamSid"]
                    elif data["event"] == "stop":
                        break
            except WebSocketDisconnect:
                pass
            finally:
                await agent.close()

        async def from_agent():
            async for message in agent:
                data = json.loads(message)
                if data["type"] == "audio":
                    await phone.send_json(
                        {
                            "event": "media",
                            "streamSid": stream_sid,
                            "media": {"payload": data["audio_event"]["audio_base_64"]},
                        }
                    )
                elif data["type"] == "ping":
                    await agent.send(json.dumps({"type": "pong", "event_id": data["ping_event"]["event_id"]}))

        await asyncio.gather(from_phone(), from_agent())


def end_with_input():
    """The bench closes our standard input when it is done, or gone."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=end_with_input, daemon=True).start()
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(os.environ["PORT"]),
        log_level="warning",
        loop=os.environ["LOOP"],
        http="h11",
        ws="websockets",
    )
